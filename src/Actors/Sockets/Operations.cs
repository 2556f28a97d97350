using Akka.Actor;
using Handoff.Messages;
using Handoff.Policy;

namespace Handoff.Sockets;

// Each command in the words of policy.
internal static class Operations
{
    public static SocketOperations Of(object command) => command switch
    {
        // A splice sends what the other one receives.
        Write or SendTo or Splice or JoinSplice => SocketOperations.Write,
        FinishSending or Shutdown => SocketOperations.Shutdown,
        SetOption or SetRawOption or ReadDurably or StartTls or SetAssociationOption or WantEvents =>
            SocketOperations.SetOption,
        Associate => SocketOperations.Connect,
        BindAddresses => SocketOperations.Bind,
        Peeloff { Target: not null } => SocketOperations.Peel | SocketOperations.Release,
        Peeloff => SocketOperations.Peel,
        ReadBy read => ToRead(read.Reading),
        Close or Abort => SocketOperations.Close,
        Give => SocketOperations.Give,
        Take take => SocketOperations.Get | ToRead(take.Get.Reading),
        Release { LoanFor: not null } => SocketOperations.Release | SocketOperations.Lend,
        Release => SocketOperations.Release,
        Acquire acquire => SocketOperations.Acquire | ToRead(acquire.Reading),
        Revoke => SocketOperations.Revoke,
        SetAcceptFilter or ReadDurably => SocketOperations.SetOption,
        // Whoever adopts it after a crash has it next.
        SetHeir or Keep => SocketOperations.SetHeir,
        // Without a reading it goes on as it was permitted to.
        Reattach reattach => SocketOperations.Reattach | ToRead(reattach.Reading),
        Consumed or Decline or Unsplice or Return or GetOption or GetRawOption
            or GetAssociationOption or GetAssociationAddresses or GetAssociationStatus => SocketOperations.None,
        ISocketCommand => SocketOperations.Other,
        _ => SocketOperations.None,
    };

    // A lease is written to without a command, so that it is asked about when it is opened.
    public static SocketOperations ToRead(Reading? reading) =>
        reading is Reading.ByLease ? SocketOperations.Write : SocketOperations.None;

    public static string? NameIn(object command) => command switch
    {
        Give give => give.Name,
        Take take => take.Get.Name,
        _ => null,
    };

    public static IActorRef? NewOwnerBy(object command) => command switch
    {
        Acquire acquire => acquire.Owner,
        Take take => take.Get.Owner,
        Reattach reattach => reattach.Owner,
        SetHeir set => set.Heir,
        _ => null,
    };
}
