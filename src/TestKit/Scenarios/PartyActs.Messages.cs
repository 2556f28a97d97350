using System.Text;
using Handoff.Messages;
using Handoff.TestKit.Parties;

namespace Handoff.TestKit.Scenarios;

public sealed partial class PartyActs
{
    /// <summary>Owns a new datagram socket, to which anybody may send.</summary>
    /// <param name="socket">What it is called from here on.</param>
    /// <param name="reading">How it reads; by lease if null.</param>
    /// <param name="heir">Who is asked if it stops; nobody if null.</param>
    public PartyActs Binds(string socket, Reading? reading = null, string? heir = null)
    {
        _stage.Bind(_party, socket, reading ?? Reading.Lease, heir is null ? null : _stage.PartyOf(heir));
        return this;
    }

    /// <summary>Reads and consumes so many messages of a datagram socket by its lease; waits for them.</summary>
    /// <param name="socket">Which.</param>
    /// <param name="count">How many messages.</param>
    public PartyActs ReadsMessages(string socket, int count)
    {
        var left = count;
        _stage.Until(() =>
        {
            Does(_ => left -= new MessageUse(_party, _stage.IdOf(socket)).Read(left));
            return left == 0 ? null : $"{_party.Name} has read {count - left} messages of {socket}, not {count}";
        });
        return this;
    }

    /// <summary>Consumes so many of the messages that it was delivered; waits for them.</summary>
    /// <param name="socket">Of which datagram socket.</param>
    /// <param name="count">How many messages.</param>
    public PartyActs ConsumesMessages(string socket, int count)
    {
        var holding = _party.Of(socket);
        _stage.Until(() => holding.WaitingMessages.Count >= count
            ? null
            : $"{_party.Name} was delivered {holding.WaitingMessages.Count} messages of {socket}, not {count}");
        return Does(_ => _party.ConsumeMessages(holding, holding.WaitingMessages[count - 1].End));
    }

    /// <summary>Sends a message with text, as UTF-8: by its lease if it has one, else by a command.</summary>
    /// <param name="socket">From which datagram socket.</param>
    /// <param name="sender">To whom.</param>
    /// <param name="text">The text.</param>
    public PartyActs SendsTo(string socket, string sender, string text)
    {
        var (bytes, place) = (Encoding.UTF8.GetBytes(text), _stage.SenderOf(sender).Place);
        if (_party.Of(socket).Messages is null) return Sends(new SendTo(Handle(socket), bytes, place));
        var sent = Task.CompletedTask;
        Does(_ => sent = new MessageUse(_party, _stage.IdOf(socket)).SendAsync(bytes, place));
        _stage.Await(sent);
        return this;
    }
}
