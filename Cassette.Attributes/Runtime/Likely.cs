using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Cassette.Runtime;

/// <summary>
/// What one place in woven code most likely calls: which method its delegates are made of, or which class its objects have. It is the candidate that most of
/// the first calls had, which is from then on a constant to the JIT.
/// </summary>
/// <remarks>
/// <para>The JIT takes a <see langword="readonly"/> static field of a class that needs no initialisation for a constant when it optimises
/// code, which it does after code that it did not optimise has run some thirty times. So the place's calls up to then say what is likely, and optimised
/// code has neither the counting nor the comparisons with the other candidates in it.</para>
/// <para>That the field is written nevertheless does no harm, since it is written once: code goes by 0 or by the value that all other code goes by which finds
/// anything decided. What asked for the candidate before a loop may so take it for granted in the loop, where the delegate is not compared again. Code that
/// was optimised earlier keeps finding nothing decided there, and asks <see cref="Decision"/>.</para>
/// <para>No lock is taken and nothing allocated: threads that count at the same time may spoil the count, and with it the guess. One of them decides.</para>
/// </remarks>
/// <typeparam name="TPlace">A struct that stands for the place: what is generic over structs has code and fields for each.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Likely<TPlace>
    where TPlace : struct
{
    /// <summary>How many calls decide: fewer than the run time counts before it optimises.</summary>
    private const int Calls = 24;

    /// <summary>How much more often than all others together a candidate must have come, to be told from one of many in turns.</summary>
    private const int Lead = 4;

    /// <summary>The candidate's number, from 1; 0 while nothing is decided, -1 where none is likely.</summary>
    public static readonly int Candidate;

    /// <summary>The same for code that was optimised before anything was decided: no constant.</summary>
    public static int Decision;

    private static int s_calls;
    private static int s_leading;
    private static int s_lead;
    private static int s_isDecided;

    /// <summary>Counts a call.</summary>
    /// <param name="candidate">The number of the candidate that its delegate or object is of; -1 for any other.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Count(int candidate)
    {
        // The majority vote of Boyer and Moore: what leads in the end is what came in more than half of the calls, if anything did.
        if (s_lead == 0)
            s_leading = candidate;
        s_lead += s_leading == candidate ? 1 : -1;
        if (++s_calls < Calls)
            return;
        int decision = s_lead >= Lead ? s_leading : -1;
        if (Interlocked.Exchange(ref s_isDecided, 1) != 0)
            return;
        Unsafe.AsRef(in Candidate) = decision;
        Volatile.Write(ref Decision, decision);
    }
}
