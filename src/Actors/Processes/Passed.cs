using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Systemd;
using FrameFacts = Handoff.Transport.Handles.Frames.SocketFacts;

namespace Handoff.Processes;

// A socket that this process was started with. Facts are null, and the result says why, where it is of no use. Stored
// is what its name says where a process of ours chose it.
internal sealed record Passed(string Name, long Id, SocketDescriptor Socket, StoredName? Stored)
{
    public required FrameFacts? Facts { get; init; }

    public required SocketResult Result { get; init; }

    public static Passed Of(ListenDescriptor passed, long id)
    {
        var (facts, result) = PassedFacts.Of(passed.Socket);
        return new Passed(passed.Name, id, passed.Socket, StoredName.Parse(passed.Name))
        {
            Facts = facts, Result = result,
        };
    }
}
