namespace Handoff.Campaign.Tests.Parties;

// Whoever waits goes on when it is opened, there and then.
internal sealed class Gate
{
    private TaskCompletionSource _opened = new();

    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();

    public void Close()
    {
        if (_opened.Task.IsCompleted) _opened = new TaskCompletionSource();
    }
}
