using System;
using System.Collections.Generic;
using System.IO;

#pragma warning disable CA1822, CS0618

namespace Cassette.Tests.Configuration.Samples
{
    public class Model
    {
        public Model() { }

        public Model(int size) => Size = size;

        public int Size { get; set; }

        [Obsolete("sample")]
        public string Old { get; set; } = "";

        public double Predict(double value) => value;

        public int GetOne(int first, string second) => first;

        public static T GetMany<T>(List<T> items, ref int count) => items[count];

        protected internal virtual unsafe void Raw(void* data, int? maybe, string[][,] jagged) { }

        public async System.Threading.Tasks.Task Later() => await System.Threading.Tasks.Task.Yield();

        public class Inner
        {
            public void Touch() { }
        }
    }

    [Obsolete("sample")]
    public class OldModel
    {
        public void Touch() { }
    }

    public class Caller
    {
        public void Run(Model model, OldModel old, Model.Inner inner, MemoryStream stream, List<int> list)
        {
            model = new Model(3);
            model.Predict(1);
            model.GetOne(model.Size, model.Old);
            int count = 0;
            Model.GetMany<int>(list, ref count);
            unsafe
            {
                model.Raw(null, null, null!);
            }

            _ = model.Later();
            model.Size = 4;
            old.Touch();
            inner.Touch();
            stream.WriteByte(1);
            stream.Dispose();
            list.Add(3);
            new Dictionary<string, int>().TryGetValue("", out _);
            list.GetEnumerator();
            Action later = () => Deep.Namespace.Leaf.Touch();
            later();
        }
    }
}

namespace Cassette.Tests.Configuration.Samples.Deep.Namespace
{
    public static class Leaf
    {
        public static void Touch() { }
    }
}
