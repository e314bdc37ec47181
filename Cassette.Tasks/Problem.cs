using Microsoft.Build.Utilities;

namespace Cassette.Tasks;

/// <summary>What the build can find wrong: a code, what is wrong, and what to do.</summary>
internal sealed class Problem
{
    public static readonly Problem NotWoven = new(
        "CAS651",
        "'{0}' was not woven, and was removed: Fody did not run the weaver on it",
        "See the messages above; a target or property that replaces TargetsTriggeredByCompilation, or another weaver "
        + "that stops Fody, has this effect. Set CassetteEnabled=false to build without weaving");

    public static readonly Problem FodyDisabled = new(
        "CAS652",
        "'{0}' was not woven, and was removed: the property DisableFody is true",
        "Remove DisableFody, or set CassetteEnabled=false to build without weaving");

    public static readonly Problem NotConfigured = new(
        "CAS653",
        "The configuration '{0}' has no <Cassette> element, so that Fody would skip the weaver",
        "Add <Cassette /> inside <Weavers>, or set CassetteEnabled=false to build without weaving");

    public static readonly Problem WeaverMissing = new(
        "CAS654",
        "The weaver '{0}' does not exist",
        "Restore the package Cassette.Fody again; in this repository, build the project Cassette.Fody");

    public static readonly Problem FrameworkMissing = new(
        "CAS657",
        "No shared framework {0} for version {1} is installed in '{2}'",
        "Install the .NET runtime that the project targets: calls into the framework cannot be looked into without it",
        isWarning: true);

    private readonly string _code;
    private readonly string _text;
    private readonly bool _isWarning;

    private Problem(string code, string message, string remedy, bool isWarning = false)
    {
        _code = code;
        _text = message + ". " + remedy + ".";
        _isWarning = isWarning;
    }

    public void Log(TaskLoggingHelper log, params object[] arguments)
    {
        if (_isWarning)
            log.LogWarning(null, _code, null, null, 0, 0, 0, 0, _text, arguments);
        else
            log.LogError(null, _code, null, null, 0, 0, 0, 0, _text, arguments);
    }
}
