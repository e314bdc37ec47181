using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

/// <summary>A tree of calls with their times, and the place in it where the program is.</summary>
sealed class Profile
{
    private readonly Stack<(Node Node, long Start)> _open = [];
    private readonly Node _root = new("");

    public void Enter(string callee) => _open.Push((Here.Child(callee), Stopwatch.GetTimestamp()));

    public void Leave()
    {
        var (node, start) = _open.Pop();
        node.Add(Stopwatch.GetTimestamp() - start);
    }

    public void Write(TextWriter writer) => _root.WriteChildren(writer, 0);

    private Node Here => _open.TryPeek(out var top) ? top.Node : _root;

    private sealed class Node(string name)
    {
        private readonly List<Node> _children = [];
        private int _calls;
        private long _ticks;

        public Node Child(string callee)
        {
            Node? child = _children.FirstOrDefault(node => node.Name == callee);
            if (child is null)
                _children.Add(child = new Node(callee));
            return child;
        }

        public void Add(long ticks)
        {
            _calls++;
            _ticks += ticks;
        }

        public void WriteChildren(TextWriter writer, int depth)
        {
            foreach (Node child in _children)
            {
                double milliseconds = child._ticks * 1000.0 / Stopwatch.Frequency;
                writer.WriteLine(FormattableString.Invariant($"{milliseconds,7:F1} {child._calls,6}  {new string(' ', 2 * depth)}{child.Name}"));
                child.WriteChildren(writer, depth + 1);
            }
        }

        private string Name { get; } = name;
    }
}
