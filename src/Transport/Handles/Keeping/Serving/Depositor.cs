namespace Handoff.Transport.Handles.Keeping.Serving;

// One connected process, or one that was and left something: what it has deposited, by its own numbers.
internal sealed class Depositor(string key, DepositorProcess process)
{
    private readonly TaskCompletionSource _isHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hasNothing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Key => key;

    public DepositorProcess Process => process;

    public Dictionary<ulong, Deposit> Deposits { get; } = [];

    // It says nothing any more: what it has deposited is withdrawn, or left.
    public Task IsHeard => _isHeard.Task;

    // After that.
    public Task HasNothing => _hasNothing.Task;

    public bool IsSame(Depositor other) =>
        process.Id == other.Process.Id && process.Started == other.Process.Started;

    public void WasHeard()
    {
        _isHeard.TrySetResult();
        Look();
    }

    public void Look()
    {
        if (_isHeard.Task.IsCompleted && Deposits.Count == 0) _hasNothing.TrySetResult();
    }
}
