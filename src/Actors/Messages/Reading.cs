namespace Handoff.Messages;

/// <summary>How an owner reads: by a lease (a pipe), or by <see cref="Received"/> messages with credits.</summary>
public abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>By <c>Acquired.Lease</c>; the default.</summary>
    public static Reading Lease { get; } = new ByLease();

    /// <summary>By messages, none until credit is given (Erlang's <c>{active, false}</c>).</summary>
    public static Reading Passive { get; } = new ByMessages(0, Renews: false);

    /// <summary>One message, then passive (Erlang's <c>{active, once}</c>).</summary>
    public static Reading Once { get; } = new ByMessages(1, Renews: false);

    /// <summary>A number of messages, then passive (Erlang's <c>{active, N}</c>).</summary>
    /// <param name="messages">Messages, from 1.</param>
    public static Reading Count(int messages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        return new ByMessages(messages, Renews: false);
    }

    /// <summary>Messages without end; no more than the bound are out and not consumed.</summary>
    /// <param name="outstanding">Messages that may wait for their <see cref="Consumed"/>, from 1.</param>
    public static Reading Active(int outstanding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outstanding, 1);
        return new ByMessages(outstanding, Renews: true);
    }

    internal sealed record ByLease : Reading;

    internal sealed record ByMessages(int Credits, bool Renews) : Reading;
}
