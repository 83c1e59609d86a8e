namespace CommandCenter.Coverage.Answers;

/// <summary>The few letters that a legend needs, three dots wide and five high, so that no font has to be shipped.</summary>
internal static class SmallLetters
{
    public const int Width = 4;
    public const int Height = 5;

    private static readonly Dictionary<char, string> Dots = new()
    {
        ['0'] = "### #.# #.# #.# ###",
        ['1'] = ".#. ##. .#. .#. ###",
        ['2'] = "### ..# ### #.. ###",
        ['3'] = "### ..# ### ..# ###",
        ['4'] = "#.# #.# ### ..# ..#",
        ['5'] = "### #.. ### ..# ###",
        ['6'] = "### #.. ### #.# ###",
        ['7'] = "### ..# .#. .#. .#.",
        ['8'] = "### #.# ### #.# ###",
        ['9'] = "### #.# ### ..# ###",
        ['-'] = "... ... ### ... ...",
        ['+'] = "... .#. ### .#. ...",
        ['.'] = "... ... ... ... .#.",
        ['/'] = "..# ..# .#. #.. #..",
        [' '] = "... ... ... ... ...",
        ['a'] = "... .## #.# #.# .##",
        ['d'] = "..# ..# .## #.# .##",
        ['e'] = "... ### ### #.. ###",
        ['h'] = "#.. #.. ##. #.# #.#",
        ['m'] = "... #.# ### ### #.#",
        ['n'] = "... ##. #.# #.# #.#",
        ['o'] = "... ### #.# #.# ###",
        ['r'] = "... #.# ##. #.. #..",
        ['s'] = ".## #.. .#. ..# ##.",
        ['t'] = ".#. ### .#. .#. .##",
        ['v'] = "... #.# #.# #.# .#.",
        ['w'] = "... #.# ### ### #.#",
    };

    /// <summary>Draws with its upper left corner there, each dot so many pixels wide; letters it does not know are left blank.</summary>
    public static void Draw(string text, int left, int top, int dot, Action<int, int> pixel)
    {
        for (var n = 0; n < text.Length; n++)
        {
            var rows = Dots.GetValueOrDefault(text[n], Dots[' ']).Split(' ');
            for (var at = 0; at < Height * dot * (Width - 1) * dot; at++)
            {
                var (x, y) = (at % ((Width - 1) * dot), at / ((Width - 1) * dot));
                if (rows[y / dot][x / dot] == '#')
                {
                    pixel(left + (n * Width * dot) + x, top + y);
                }
            }
        }
    }
}
