using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// The connects under way. Only the sockets' parent uses it, and a restart must not forget it.
[SuppressMessage("Design", "CA1001", Justification =
    "A cancellation source without timer and wait handle holds nothing to dispose of.")]
internal sealed class Connects
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly HashSet<Pending> _pending = [];

    public int Count => _pending.Count;

    public Task<Connected> Begin(
        Connect command, IActorRef sender, Rules rules, ITransport transport, TimeSpan within)
    {
        var pending = new Pending(command, sender, rules, transport.Name);
        _pending.Add(pending);
        return pending.RunAsync(transport, within, _stopped.Token);
    }

    // The connection, if there is one, has the caller to close it.
    public INewcomer? End(Pending pending)
    {
        _pending.Remove(pending);
        return pending.Landing.Take();
    }

    // Gives all of them up and yields them, for those who wait for an answer.
    public Pending[] Stop()
    {
        Pending[] all = [.. _pending];
        _pending.Clear();
        _stopped.Cancel();
        foreach (var pending in all) pending.Landing.Close();
        return all;
    }

    public sealed class Pending(Connect command, IActorRef sender, Rules rules, string name)
    {
        public Connect Command => command;

        public IActorRef Sender => sender;

        public Rules Rules => rules;

        public string Transport => name;

        public Landing Landing { get; } = new();

        public async Task<Connected> RunAsync(ITransport transport, TimeSpan within, CancellationToken stopped)
        {
            try
            {
                var (newcomer, result) = transport is IRecordTransport records
                    ? await MakeAsync(records, within, stopped).ConfigureAwait(false)
                    : await MakeAsync(transport, within, stopped).ConfigureAwait(false);
                if (newcomer is not null) Landing.Put(newcomer);
                return new Connected(this, result);
            }
            catch (Exception gone)
            {
                return new Connected(this, new SocketResult(ResultCode.EECONNECT, gone.Message));
            }
        }

        private async Task<(INewcomer?, SocketResult)> MakeAsync(
            ITransport transport, TimeSpan within, CancellationToken stopped)
        {
            var (connection, result) = await transport
                .ConnectAsync(command.EndPoint, command.Local, within, stopped).ConfigureAwait(false);
            return (connection, result);
        }

        private async Task<(INewcomer?, SocketResult)> MakeAsync(
            IRecordTransport transport, TimeSpan within, CancellationToken stopped)
        {
            if (command.Local is not null)
            {
                var why = $"Connect: {transport.Name} connects from no chosen address";
                return (null, new SocketResult(ResultCode.EEMODENOTSUPP, why));
            }

            var (connection, result) = await transport
                .ConnectRecordsAsync(command.EndPoint, within, stopped).ConfigureAwait(false);
            return (connection, result);
        }
    }

    public sealed record Connected(Pending Pending, SocketResult Result);
}
