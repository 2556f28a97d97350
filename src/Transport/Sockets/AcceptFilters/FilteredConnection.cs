using System.IO.Pipelines;

namespace Handoff.Transport.Sockets.AcceptFilters;

// A connection that nobody is shown before its filter lets it pass. The filter reads as an owner does but consumes
// nothing: so it holds no buffer before the first byte, has no thread, and may be aborted while a filter looks.
internal sealed class FilteredConnection(SocketConnection connection, IAcceptFilter filter, int maxBytes)
{
    private const long BeforeTheFirstOwner = 0;

    public SocketConnection Connection => connection;

    // Once. What has passed has nobody who reads it, as a connection that was just accepted; everything else is over.
    public async Task<FilterOutcome> RunAsync()
    {
        connection.BoundInput(maxBytes);
        connection.Start();
        var outcome = await DecideAsync(connection.Lease(BeforeTheFirstOwner).Input).ConfigureAwait(false);
        switch (outcome.End)
        {
            case FilterEnd.Passed:
                connection.Tear();
                connection.UnboundInput();
                break;
            case FilterEnd.Finished:
                connection.Close();
                break;
            default:
                connection.Abort(outcome.Result);
                break;
        }

        return outcome;
    }

    public void Abort(SocketResult why) => connection.Abort(why);

    private async Task<FilterOutcome> DecideAsync(PipeReader input)
    {
        try
        {
            while (true)
            {
                var read = await input.ReadAsync().ConfigureAwait(false);
                var outcome = Look(read);
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (outcome is not null) return outcome;
            }
        }
        catch (SocketFailedException gone)
        {
            return new FilterOutcome(FilterEnd.Lost, gone.Result);
        }
    }

    private FilterOutcome? Look(in ReadResult read)
    {
        var isFull = read.Buffer.Length >= maxBytes;
        var moment = (isFull, read.IsCompleted) switch
        {
            (true, _) => AcceptMoment.Full,
            (_, true) => AcceptMoment.Finished,
            _ => AcceptMoment.Arriving,
        };
        try
        {
            // Not by how the bytes were cut on their way.
            var bytes = isFull ? read.Buffer.Slice(0, maxBytes) : read.Buffer;
            return OutcomeOf(filter.Look(bytes, moment), moment);
        }
        catch (Exception defect)
        {
            var why = new SocketResult(ResultCode.EEABORTED, $"the accept filter threw: {defect.Message}");
            return new FilterOutcome(FilterEnd.Threw, why, defect);
        }
    }

    private static FilterOutcome? OutcomeOf(AcceptVerdict verdict, AcceptMoment moment) =>
        (verdict.Code, moment) switch
        {
            (ResultCode.EESUCCESS, _) => FilterOutcome.Passed,
            (ResultCode.None, AcceptMoment.Arriving) => null,
            (ResultCode.None, AcceptMoment.Full) => Over(FilterEnd.TooLong, ResultCode.EEMSGSIZE),
            (ResultCode.None, _) => Over(FilterEnd.Finished, ResultCode.EENOTCONN),
            var (code, _) => Over(FilterEnd.Dropped, code),
        };

    private static FilterOutcome Over(FilterEnd end, ResultCode code) =>
        new(end, new SocketResult(code, $"accept filter: {end}"));
}
