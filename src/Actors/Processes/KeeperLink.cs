using System.Net.Sockets;
using Handoff.Configuration;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Processes;

// The connection to the keeper, made when something is asked and there is none. One call at a time.
internal sealed class KeeperLink(LinuxEngine engine, KeepingSettings settings) : IDepository
{
    public static readonly SocketBaggage Live = new(0, 0, SocketEnds.None, [], []);

    private KeeperClient? _client;
    private string? _path;

    public string Path
    {
        get => _path ?? settings.Control;
        set => _path = value;
    }

    string IDepository.Place => $"the keeper at {Path}";

    public bool IsLost => _client is { IsLost: true };

    public bool IsConnected => _client is { IsLost: false };

    public async Task<SocketResult> ConnectAsync() => (await ClientAsync().ConfigureAwait(false)).Result;

    public async Task<SocketResult> DepositAsync(
        ulong id, string key, SocketFacts facts, SocketDescriptor socket, string? stored)
    {
        var (client, result) = await ClientAsync().ConfigureAwait(false);
        if (client is null) return result;
        using var token = TakeOnceToken.Create(out var code);
        return token is null
            ? SocketResult.Of(code)
            : await client.DepositAsync(id, key, facts, Live, token, socket).ConfigureAwait(false);
    }

    public async Task<SocketResult> UpdateAsync(ulong id, SocketBaggage baggage, TakeOnceToken token)
    {
        var (client, result) = await ClientAsync().ConfigureAwait(false);
        return client is null ? result : await client.UpdateAsync(id, baggage, token).ConfigureAwait(false);
    }

    // Under a token of its own again.
    public async Task<SocketResult> UpdateAsync(ulong id)
    {
        using var token = TakeOnceToken.Create(out var code);
        return token is null
            ? SocketResult.Of(code)
            : await UpdateAsync(id, Live, token).ConfigureAwait(false);
    }

    public async Task<SocketResult> WithdrawAsync(ulong id) => _client is { IsLost: false } client
        ? await client.WithdrawAsync(id).ConfigureAwait(false)
        : SocketResult.Success;

    public async Task<SocketResult> CheckAsync() => _client is { IsLost: false } client
        ? (await client.ListAsync(ulong.MaxValue).ConfigureAwait(false)).Result
        : SocketResult.Success;

    public async Task<Adopted> AdoptAsync(ulong id, string key)
    {
        var (client, result) = await ClientAsync().ConfigureAwait(false);
        return client is null ? new Adopted(result, []) : await client.AdoptAsync(id, key).ConfigureAwait(false);
    }

    public static bool IsLive(SocketBaggage baggage) => baggage is
    {
        Consumed: 0, Written: 0, Ends: SocketEnds.None, Unread.Count: 0, Unsent.Count: 0,
    };

    public void Drop()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Dispose() => Drop();

    private async Task<(KeeperClient? Client, SocketResult Result)> ClientAsync()
    {
        if (_client is { IsLost: false } known) return (known, SocketResult.Success);
        Drop();
        if (Path.Length == 0)
        {
            return (null, new(
                ResultCode.EEMODENOTSUPP, "no keeper is named: handoff.keeper.control, or OpenKeeper"));
        }

        using var bound = new CancellationTokenSource(settings.Options.AnswerTimeout);
        (_client, var result) = await KeeperClient.ConnectAsync(
            engine, new UnixDomainSocketEndPoint(Path), settings.Key, settings.Options, PeerRule.SameUser, bound.Token)
            .ConfigureAwait(false);
        return (_client, result.IsSuccess
            ? result
            : new SocketResult(result.Code, $"the keeper at {Path} is not reached: {result.Code.Text()}"));
    }
}
