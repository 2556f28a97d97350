using System.Text;
using Handoff.Messages;
using Handoff.TestKit.Parties;

namespace Handoff.TestKit.Scenarios;

public sealed partial class PartyActs
{
    /// <summary>Writes text as UTF-8: by its lease if it has one, else by a message.</summary>
    /// <param name="connection">To which peer.</param>
    /// <param name="text">The text.</param>
    public PartyActs Writes(string connection, string text) => Writes(connection, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes so many bytes, drawn from the seed.</summary>
    /// <param name="connection">To which peer.</param>
    /// <param name="count">How many.</param>
    public PartyActs Writes(string connection, int count) => Writes(connection, _stage.Draw(count));

    /// <summary>Writes text into its lease and does not flush it.</summary>
    /// <param name="connection">To which peer.</param>
    /// <param name="text">The text.</param>
    public PartyActs WritesUnflushed(string connection, string text)
    {
        // Memory that is lent is left to the garbage collector at the end of a lease.
        _stage.MayTear = true;
        return Uses(connection, lease => lease.WriteUnflushed(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Reads and consumes by its lease so many bytes; waits for them. Not to be said together with other
    /// things.</summary>
    /// <param name="connection">From which peer.</param>
    /// <param name="count">How many bytes.</param>
    public PartyActs Reads(string connection, int count)
    {
        var left = count;
        _stage.Until(() =>
        {
            ReadsWhile(connection, () => left > 0, lease => left -= lease.Read(left));
            return left == 0 ? null : $"{_party.Name} has read {count - left} bytes of {connection}, not {count}";
        });
        return this;
    }

    /// <summary>Reads and consumes by its lease until the peer's end; waits for it. Not to be said together with other
    /// things.</summary>
    /// <param name="connection">From which peer.</param>
    public PartyActs ReadsToTheEnd(string connection)
    {
        var holding = _party.Of(connection);
        _stage.Until(() =>
        {
            ReadsWhile(connection, () => !holding.SawEnd, lease => lease.Read(most: null));
            return holding.SawEnd ? null : $"{_party.Name} does not come to the end of {connection}";
        });
        return this;
    }

    /// <summary>Reads and consumes by its lease what comes now, until nothing more does.</summary>
    /// <param name="connection">From which peer.</param>
    public PartyActs ReadsAll(string connection)
    {
        ReadsWhile(connection, () => true, lease => lease.Read(most: null));
        return this;
    }

    /// <summary>Looks at what is there by its lease, and leaves the read result open.</summary>
    /// <param name="connection">From which peer.</param>
    public PartyActs Examines(string connection)
    {
        _stage.Until(() => _stage.StatusOf(connection) is { Facts.Unread: > 0 }
            ? null
            : $"nothing is there to read of {connection}");
        return Uses(connection, lease => lease.Examine());
    }

    /// <summary>Ends the open read result.</summary>
    /// <param name="connection">From which peer.</param>
    /// <param name="consumed">How many bytes of it were consumed.</param>
    public PartyActs Advances(string connection, int consumed) => Uses(connection, lease => lease.Advance(consumed));

    /// <summary>Sends no more (FIN), and goes on reading.</summary>
    /// <param name="connection">To which peer.</param>
    public PartyActs FinishesSending(string connection) => _party.Of(connection).Lease is null
        ? Sends(new FinishSending(Handle(connection)))
        : Uses(connection, lease => lease.Complete());

    /// <summary>Reads in another way from here on, or gets more credit.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="reading">How.</param>
    public PartyActs ReadsBy(string connection, Reading reading) => Sends(new ReadBy(Handle(connection), reading));

    /// <summary>What it receives by messages it consumes only when the story says so.</summary>
    public PartyActs ConsumesWhenTold()
    {
        _party.Consumes = false;
        return this;
    }

    /// <summary>Consumes so many of the bytes that it received by messages; waits for them.</summary>
    /// <param name="connection">From which peer.</param>
    /// <param name="count">How many.</param>
    public PartyActs Consumes(string connection, int count)
    {
        var holding = _party.Of(connection);
        _stage.Until(() => holding.Waiting.Sum(received => received.Bytes.Length) >= count
            ? null
            : $"{_party.Name} has not received {count} bytes of {connection} that are not consumed");
        return Does(_ => _party.Consume(holding, holding.Waiting[0].Position + count));
    }

    private PartyActs Writes(string connection, byte[] bytes) => _party.Of(connection).Lease is null
        ? Sends(new Write(Handle(connection), bytes))
        : Uses(connection, lease => lease.Write(bytes));

    private PartyActs Uses(string connection, Action<LeaseUse> use) =>
        Does(_ => use(new LeaseUse(_party, _stage.IdOf(connection))));

    // Until a turn brings nothing.
    private void ReadsWhile(string connection, Func<bool> goesOn, Action<LeaseUse> read)
    {
        var before = -1;
        while (goesOn() && _party.Of(connection).Read.Count is var now && now != before)
        {
            before = now;
            Uses(connection, read);
        }
    }
}
