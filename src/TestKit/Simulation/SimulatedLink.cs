using System.Net;
using Handoff.Transport;

namespace Handoff.TestKit.Simulation;

/// <summary>A connection of a <see cref="SimulatedNetwork"/>: what may befall it. Any thread, any time.</summary>
public sealed class SimulatedLink
{
    private readonly NetworkCore _core;
    private readonly Action<SimulatedLink> _closed;
    private readonly Wire _there;
    private readonly Wire _back;
    private int _openEnds = 2;

    internal SimulatedLink(
        NetworkCore core, long number, EndPoint client, EndPoint server, Action<SimulatedLink> closed)
    {
        _core = core;
        _closed = closed;
        Number = number;
        Client = client;
        Server = server;
        _there = new Wire(core, this, fromClient: true);
        _back = new Wire(core, this, fromClient: false);
        Near = new SimulatedSocket(core, this, true, _back.Receiver, _there.Sender, _back);
        Far = new SimulatedSocket(core, this, false, _there.Receiver, _back.Sender, _there);
    }

    /// <summary>The number among the connections of the network, from 1.</summary>
    public long Number { get; }

    /// <summary>The address of the end that connected.</summary>
    public EndPoint Client { get; }

    /// <summary>The address of the end that was connected to.</summary>
    public EndPoint Server { get; }

    /// <summary>Whether it was reset or cut, so that what was under way may be lost.</summary>
    public bool IsFaulted { get; private set; }

    internal SimulatedSocket Near { get; }

    internal SimulatedSocket Far { get; }

    /// <summary>
    /// Resets both ends: what arrived is still received, what was under way is lost, and then each call ends with <see
    /// cref="ResultCode.EERESET"/>.
    /// </summary>
    public void Reset()
    {
        var wakes = default(Wakes);
        lock (_core.Gate) ResetBoth(ref wakes);
        wakes.Fire();
    }

    /// <summary>Nothing arrives for a time, at either end; then it goes on in order.</summary>
    /// <param name="time">For how long; from zero to a day.</param>
    public void Stall(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        lock (_core.Gate)
        {
            _there.Stall(time);
            _back.Stall(time);
        }
    }

    /// <summary>
    /// The peer vanishes, for both ends: nothing arrives any more, no bytes, no FIN and no reset. Sends go on until
    /// the window is full, and then wait; <see cref="SimulationOptions.GiveUpAfter"/> bounds that.
    /// </summary>
    public void Cut()
    {
        lock (_core.Gate) CutBoth();
    }

    /// <inheritdoc/>
    public override string ToString() => $"link {Number} {Client}-{Server}";

    internal void ResetBoth(ref Wakes wakes)
    {
        IsFaulted = true;
        _core.Note(this, NetworkEventKind.ResetInjected, atClient: true);
        Fail(atClient: true, ResultCode.EERESET, ref wakes);
        Fail(atClient: false, ResultCode.EERESET, ref wakes);
    }

    internal void CutBoth()
    {
        IsFaulted = true;
        _core.Note(this, NetworkEventKind.Cut, atClient: true);
        _there.Cut();
        _back.Cut();
    }

    internal void Fail(bool atClient, ResultCode code, ref Wakes wakes)
    {
        SenderAt(atClient).Fail(code, ref wakes);
        (atClient ? _back : _there).Receiver.Fail(code, ref wakes);
    }

    internal SendingEnd SenderAt(bool client) => (client ? _there : _back).Sender;

    internal void EndClosed()
    {
        if (--_openEnds == 0) _closed(this);
    }
}
