namespace Handoff.Bench.Measuring;

// What is being measured right now: on a terminal one line that changes, elsewhere a line for each case.
internal sealed class Progress(TextWriter error, bool isTerminal)
{
    private string _case = "";
    private int _width;

    public void Say(string what, int round, int rounds)
    {
        if (isTerminal)
        {
            var line = $"{what}: round {round} of {rounds}";
            error.Write('\r' + line.PadRight(_width));
            _width = line.Length;
        }
        else if (what != _case)
        {
            error.WriteLine(what);
        }

        _case = what;
    }

    // What the figures do not say, for people.
    public void Note(string what)
    {
        End();
        error.WriteLine($"bench: {what}");
    }

    public void End()
    {
        if (isTerminal) error.Write('\r' + new string(' ', _width) + '\r');
    }
}
