using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Processes;

// Where sockets of this process are kept. One call at a time; what there is to reach is reached when it is needed.
internal interface IDepository : IDisposable
{
    // In words.
    string Place { get; }

    // What was kept is not any more, and what is there of it still is not known before it is reached again.
    bool IsLost { get; }

    bool IsConnected { get; }

    Task<SocketResult> ConnectAsync();

    // Stored: the name under which the service manager has it already, if it has.
    Task<SocketResult> DepositAsync(ulong id, string key, SocketFacts facts, SocketDescriptor socket, string? stored);

    // It is about to be sent to another process, and this token decides then.
    Task<SocketResult> UpdateAsync(ulong id, SocketBaggage baggage, TakeOnceToken token);

    // It stays, after that. Without success it is not kept any more.
    Task<SocketResult> UpdateAsync(ulong id);

    Task<SocketResult> WithdrawAsync(ulong id);

    // Whether it is there still.
    Task<SocketResult> CheckAsync();

    Task<Adopted> AdoptAsync(ulong id, string key);

    void Drop();
}
