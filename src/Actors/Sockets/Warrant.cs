using System.Net;
using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Policy;

namespace Handoff.Sockets;

// The policy, and the one credential that it is shown for as long as a socket lives. There is none where everything is
// allowed, so that nothing is asked.
internal sealed class Warrant(ISocketPolicy policy, object? credential, ActorSystem system)
{
    // What policy objects to a command; null if nothing.
    public string? Objection(object command, IActorRef caller, IActorRef? owner, IOwned owned)
    {
        var operations = Operations.Of(command);
        if (operations is SocketOperations.None) return null;
        var facts = owned.Facts();
        return Ask(new PolicyQuestion
        {
            Operations = operations,
            Credential = credential,
            Caller = Known(command is Take take ? take.Asker : caller),
            Process = (command as Take)?.Process,
            Owner = owner,
            Name = Operations.NameIn(command),
            NewOwner = Operations.NewOwnerBy(command),
            Targets = (command as Release)?.Targets,
            Socket = facts,
            Transport = facts.Transport,
        });
    }

    // The transport is the one that would be taken.
    public string? Objection(Listen listen, string? transport, IActorRef caller) => Ask(new PolicyQuestion
    {
        Operations = SocketOperations.Create | SocketOperations.Bind | SocketOperations.Listen,
        Credential = credential,
        Caller = Known(caller),
        NewOwner = listen.Owner,
        Address = listen.EndPoint,
        Transport = transport,
    });

    public string? Objection(Connect connect, string? transport, IActorRef caller) => Ask(new PolicyQuestion
    {
        Operations = SocketOperations.Create | SocketOperations.Connect | Operations.ToRead(connect.Reading)
            | (connect.Local is null ? SocketOperations.None : SocketOperations.Bind),
        Credential = credential,
        Caller = Known(caller),
        NewOwner = connect.Owner,
        Address = connect.EndPoint,
        Local = connect.Local,
        Transport = transport,
    });

    public string? Objection(Bind bind, string? transport, IActorRef caller) => Ask(new PolicyQuestion
    {
        Operations = SocketOperations.Create
            | (bind.EndPoint is null ? SocketOperations.None : SocketOperations.Bind)
            | (bind.Peer is null ? SocketOperations.None : SocketOperations.Connect)
            | Operations.ToRead(bind.Reading),
        Credential = credential,
        Caller = Known(caller),
        NewOwner = bind.Owner,
        Address = bind.EndPoint ?? bind.Peer,
        Transport = transport,
    });

    public string? ObjectionToSurvey(IActorRef caller) => Ask(new PolicyQuestion
    {
        Operations = SocketOperations.Survey,
        Credential = credential,
        Caller = Known(caller),
    });

    public string? ObjectionToAccept(SocketFacts listener, IActorRef? owner, IActorRef? acceptor, EndPoint? peer) =>
        Ask(new PolicyQuestion
        {
            Operations = SocketOperations.Accept,
            Credential = credential,
            Owner = owner,
            NewOwner = acceptor,
            Socket = listener,
            Address = peer,
            Transport = listener.Transport,
        });

    // Of a socket that another process offers.
    public string? ObjectionToArrival(SocketFacts socket, IActorRef owner, IActorRef caller) => Ask(new PolicyQuestion
    {
        Operations = SocketOperations.Create | SocketOperations.Acquire | SocketOperations.Write,
        Credential = credential,
        Caller = Known(caller),
        NewOwner = owner,
        Socket = socket,
        Transport = socket.Transport,
    });

    private static IActorRef? Known(IActorRef caller) => caller.IsNobody() ? null : caller;

    private string? Ask(in PolicyQuestion question)
    {
        var objection = Answer(question);
        if (objection is not null) Publish(question, objection);
        return objection;
    }

    // The name that a get says may be a secret, and is good for another get.
    private void Publish(in PolicyQuestion question, string objection)
    {
        var name = question.Does(SocketOperations.Get) ? null : question.Name;
        system.EventStream.Publish(new PolicyRefusal(question with { Credential = null, Name = name }, objection));
    }

    private string? Answer(in PolicyQuestion question)
    {
        try
        {
            var answer = policy.Ask(question);
            return answer.IsPermitted ? null : answer.Reason;
        }
        catch (Exception gone)
        {
            var name = policy.GetType().Name;
            Logging.GetLogger(system, typeof(Warrant)).Error(gone, "policy {0} failed, which refuses: {1}", name,
                question.Operations);
            return $"{name} failed: {gone.GetType().Name}";
        }
    }
}
