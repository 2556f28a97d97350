namespace Handoff.TestKit.Checks;

// What must never be and was: the first of it, as the rest may follow from it.
internal sealed class Violations
{
    public string? First { get; private set; }

    public void Add(string what) => First ??= what;
}
