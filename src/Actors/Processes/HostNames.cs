using System.Net.Sockets;
using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.Processes;

// The names of all processes of this user, for the actors of this system: files of its own under the runtime
// directory, and those of others. Opened by the first use.
internal sealed class HostNames(
    LinuxEngine engine, HandoffSettings settings, NameTable table, Landings landings, AttachmentCodec attachments)
    : IHostNames, IDisposable
{
    private readonly Lock _gate = new();
    private Opened? _opened;
    private bool _isClosed;

    // Where other processes are heard.
    public IActorRef Door { get; set; } = ActorRefs.Nobody;

    public async Task<(IDisposable? File, SocketResult Result)> HoldAsync(
        Give give, string name, CancellationToken cancellationToken)
    {
        // Serializers are code of the user's, which may take its time.
        await Task.Yield();
        if (give.Attachment is { } attachment && attachments.TryEncode(attachment) is (null, { } unfit))
            return (null, unfit);
        var heard = await Door.Ask<SocketResult>(
            ProcessesActor.Hear.Instance, settings.Handles.AnswerTimeout, cancellationToken).ConfigureAwait(false);
        if (!heard.IsSuccess) return (null, heard);
        var (opened, result) = Open();
        return opened is null
            ? (null, result)
            : await opened.Files.GiveAsync(name, opened.Own, isListed: give.Name is not null, cancellationToken)
                .ConfigureAwait(false);
    }

    public async Task<(IElsewhere? Found, SocketResult Result)> FindAsync(
        string name, TimeSpan? within, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var (opened, result) = Open();
        if (opened is null) return (null, result);
        (var claimed, result) = await opened.Getter.GetAsync(name, within, cancellationToken).ConfigureAwait(false);
        return (claimed is null ? null : new Elsewhere(claimed, target => BellFor(claimed, target)), result);
    }

    public async Task<(IReadOnlyList<GivenElsewhere> Names, SocketResult Result)> ListAsync()
    {
        await Task.Yield();
        var (opened, result) = Open();
        if (opened is null) return ([], result);
        var own = opened.Own.ToString();
        return (
            [
                .. opened.Files.List()
                    .Where(record => record.Control != own)
                    .Select(record => new GivenElsewhere(record.Name!, record.Giver))
                    .OrderBy(given => given.Name, StringComparer.Ordinal),
            ],
            result);
    }

    // Those who ask this process for a name.
    public Claims ClaimsFor(IActorRef carrier) => new(table, carrier, attachments, settings.Handles.Options);

    // Frees all names.
    public void Dispose()
    {
        Opened? opened;
        lock (_gate)
        {
            _isClosed = true;
            (opened, _opened) = (_opened, null);
        }

        opened?.Getter.Dispose();
        opened?.Files.Dispose();
    }

    private Doorbell BellFor(Claimed claimed, IActorRef target) =>
        new(Door, landings, attachments, claimed.Channel.Control.Peer, settings.Handles.AnswerTimeout)
        {
            Target = target,
        };

    private (Opened? Opened, SocketResult Result) Open()
    {
        lock (_gate)
        {
            if (_isClosed) return (null, new(ResultCode.EEABORTED, "the actor of the processes has stopped"));
            if (_opened is not null) return (_opened, SocketResult.Success);
            var options = settings.Processes.Options;
            var (place, result) = RuntimeDirectory.Open(settings.Processes.Directory);
            if (place is null) return (null, result);
            using var closing = place;
            (var own, result) = place.ControlPath(settings.Processes.Name);
            if (own is null) return (null, result);
            (var files, result) = NameFiles.Open(place, options);
            if (files is null) return (null, result);
            var getter = new NameGetter(engine, files, options, PeerRule.SameUser) { Own = own.ToString() };
            _opened = new Opened(files, getter, own);
            return (_opened, result);
        }
    }

    private sealed record Opened(NameFiles Files, NameGetter Getter, UnixDomainSocketEndPoint Own);

    private sealed class Elsewhere(Claimed claimed, Func<IActorRef, Doorbell> bellFor) : IElsewhere
    {
        public async Task<SocketResult> TakeAsync(IActorRef target)
        {
            using (claimed)
                return await bellFor(target).TakeAsync(claimed.Channel, claimed.Offer).ConfigureAwait(false);
        }

        public void Dispose() => claimed.Dispose();
    }
}
