namespace Akka.Actor;

internal sealed class MessageStash(ActorCell cell, int capacity) : IStash
{
    private List<Envelope> _stashed = [];
    private int _stashedEnvelopeId;

    public int Capacity => capacity;

    public int Count => _stashed.Count;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public bool IsFull => capacity >= 0 && Count >= capacity;

    public void Stash()
    {
        var message = cell.CurrentMessage;
        if (cell.CurrentEnvelopeId == _stashedEnvelopeId)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        _stashedEnvelopeId = cell.CurrentEnvelopeId;
        if (capacity > 0 && Count >= capacity)
        {
            throw new StashOverflowException(
                $"Couldn't enqueue message {message} from {cell.Sender} to stash of {cell.Self}");
        }

        _stashed.Add(new Envelope(message, cell.Sender));
    }

    public void Unstash()
    {
        if (IsEmpty)
            return;
        var first = _stashed[0];
        _stashed.RemoveAt(0);
        Return(first);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        var all = Take();
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (predicate(all[i]))
                Return(all[i]);
        }
    }

    public IEnumerable<Envelope> ClearStash() => Take();

    public void Prepend(IEnumerable<Envelope> envelopes) => _stashed.InsertRange(0, envelopes.Distinct());

    private List<Envelope> Take()
    {
        var all = _stashed;
        if (all.Count > 0)
            _stashed = [];
        return all;
    }

    private void Return(Envelope envelope)
    {
        cell.Mailbox.EnqueueFirst(envelope);
        // It was taken off the list of those to deliver when it first arrived.
        if (envelope.Message is Terminated terminated)
            cell.TerminatedQueuedFor(terminated.ActorRef, null);
    }
}
