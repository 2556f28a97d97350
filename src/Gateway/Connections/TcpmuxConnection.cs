using System.Diagnostics;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;

namespace Handoff.Gateway.Connections;

// RFC 1078. The client's first line names a service; the connection is released to it, with all that the client sent
// behind the line.
//
// The RFC wants the reply before the service's own data, and a client takes "+" for a promise. Written before the
// release, it would be broken whenever the release fails. So it travels with the offer, and the new owner sends it
// before anything else: a client sees "+" only if the connection has moved, and "-" with the reason if it has not.
internal sealed class TcpmuxConnection : ConnectionActor
{
    private const string Help = "help";
    private const string EndOfLine = "\r\n";

    private static readonly Greeting Accepted = new(Encoding.ASCII.GetBytes("+" + EndOfLine));

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IReadOnlyDictionary<string, IActorRef> _services;

    // The names are compared without case.
    public TcpmuxConnection(ServiceSettings settings, IReadOnlyDictionary<string, IActorRef> services)
        : base(settings) => _services = services;

    public static Props Props(ServiceSettings settings, IReadOnlyDictionary<string, IActorRef> services) =>
        Akka.Actor.Props.Create(() => new TcpmuxConnection(settings, services));

    protected override void OnAcquired(Acquired socket, object? attachment)
    {
        // Of a connection that came from another process nothing was consumed: the line begins anew.
        ReadLine(socket);
    }

    private void ReadLine(Acquired socket)
    {
        var lease = socket.Lease!;
        BecomeServing(socket, () => Receive<LineOverdue>(_ => lease.Input.CancelPendingRead()));
        Timers.StartSingleTimer(nameof(LineOverdue), LineOverdue.Instance, Settings.LineTimeout);
        Run(async () => await TcpmuxLine.ReadAsync(lease.Input, Settings.MaxLine, lease.Ended));
    }

    protected override void RequestPause(Acquired socket)
    {
        Timers.Cancel(nameof(LineOverdue));
        socket.Lease!.Input.CancelPendingRead();
    }

    protected override long? PausedAt(object result) => result is TcpmuxRequest.TooLate ? 0 : null;

    protected override void GoOn(Acquired socket, long at) => ReadLine(socket);

    protected override void OnLoopEnded(Acquired socket, object result)
    {
        Timers.Cancel(nameof(LineOverdue));
        switch (result)
        {
            case TcpmuxRequest.Named(var name) when name.Equals(Help, StringComparison.OrdinalIgnoreCase):
                Answer(socket, string.Concat(_services.Keys.Order(StringComparer.Ordinal).Select(n => n + EndOfLine)));
                break;
            case TcpmuxRequest.Named(var name) when _services.TryGetValue(name, out var service):
                Release(socket, service);
                break;
            case TcpmuxRequest.Named:
                Refuse(socket, "no such service; HELP lists them");
                break;
            case TcpmuxRequest.TooLong:
                Refuse(socket, $"the name of a service was expected, in a line of at most {Settings.MaxLine} bytes");
                break;
            case TcpmuxRequest.TooLate:
                var seconds = Settings.LineTimeout.TotalSeconds;
                Refuse(socket, $"the name of a service was expected within {seconds:0.###} s");
                break;
            default:
                Close(socket);
                break;
        }
    }

    private void Release(Acquired socket, IActorRef service)
    {
        var began = Stopwatch.GetTimestamp();
        var release = new Release(socket.Handle, OfferMode.AnyHolder, service)
        {
            Within = Settings.HandoffTimeout,
            Attachment = Accepted,
        };
        socket.Handle.Socket.Tell(release);
        Become(() =>
        {
            Receive<Released>(_ =>
            {
                Log(socket, service, "EESUCCESS", began);
                Context.Stop(Self);
            });
            Receive<ReleaseFailed>(failed =>
            {
                Log(socket, service, failed.Result.ToString(), began);
                Refuse(socket, $"{service.Path.Name} is not available: {failed.Result.Reason}");
            });
            Receive<Refused>(refused => refused.Command == release, refused =>
            {
                Log(socket, service, refused.Result.ToString(), began);
                Refuse(socket, $"{service.Path.Name} is not available: {refused.Result.Reason}");
            });
            Receive<CloseAll>(_ => Close(socket));
            Receive<Leave>(_ => Context.Parent.Tell(Stays.Instance));
            Receive<Closed>(closed => OnClosed(socket, closed));
            Receive<Terminated>(_ => Context.Stop(Self));
        });
    }

    private void Refuse(Acquired socket, string reason) => Answer(socket, $"-{reason}{EndOfLine}");

    private void Answer(Acquired socket, string text)
    {
        BecomeServing(socket);
        var lease = socket.Lease!;
        Run(async () =>
        {
            await lease.Output.WriteAsync(Encoding.ASCII.GetBytes(text), lease.Ended);
            await lease.Output.CompleteAsync();
            return Done.Instance;
        });
    }

    private void Log(Acquired socket, IActorRef service, string result, long began) => _log.Info(
        "handoff socket={0} peer={1} from={2} to={3} result={4} duration={5:0.###}ms",
        socket.Facts.Id, socket.Facts.Remote, Settings.Name, service.Path.Name, result,
        Stopwatch.GetElapsedTime(began).TotalMilliseconds);

    private sealed record LineOverdue
    {
        public static LineOverdue Instance { get; } = new();
    }
}
