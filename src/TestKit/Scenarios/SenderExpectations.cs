namespace Handoff.TestKit.Scenarios;

/// <summary>What must be so of somebody elsewhere who has a datagram socket.</summary>
public sealed class SenderExpectations
{
    private readonly Stage _stage;
    private readonly Sender _sender;

    internal SenderExpectations(Stage stage, Sender sender) => (_stage, _sender) = (stage, sender);

    /// <summary>All messages that it was sent are these, in this order.</summary>
    /// <param name="texts">The texts.</param>
    public SenderExpectations HasReceived(params string[] texts)
    {
        _stage.Until(() => _sender.Received.SequenceEqual(texts)
            ? null
            : $"{_sender.Name} has received '{string.Join("', '", _sender.Received)}', "
                + $"not '{string.Join("', '", texts)}'");
        return this;
    }
}
