// expect: 30
// expect: 31
// expect: x2
// expect: 7
// count: Grid.get_Item 3
// count: Grid.set_Item 2
// count: Names.get_Item 1
// count: Cells.get_Item 2
using System.IO;

public sealed class Grid
{
    readonly int[] cells = new int[100];

    public int this[int row, int column]
    {
        get => cells[row * 10 + column];
        set => cells[row * 10 + column] = value;
    }
}

public sealed class Names
{
    public string this[int index] => "x" + index;
}

public sealed class Cells
{
    readonly int[] cells = new int[4];

    public ref int this[int index] => ref cells[index];
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var grid = new Grid();
        grid[2, 3] = 30;
        output.WriteLine(grid[2, 3]);
        grid[2, 3] += 1;
        output.WriteLine(grid[2, 3]);
        output.WriteLine(new Names()[2]);
        var cells = new Cells();
        cells[1] = 7;
        output.WriteLine(cells[1]);
    }
}
