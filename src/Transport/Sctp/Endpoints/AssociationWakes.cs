namespace Handoff.Transport.Sctp.Endpoints;

// What has to be done of one association once every gate is left, because it runs the code of others.
internal struct AssociationWakes(SharedAssociation? association)
{
    public readonly SharedAssociation? Association => association;

    public bool Reader { get; set; }

    public bool Writer { get; set; }

    // Its queue is so full that it should not wait for its turn.
    public bool IsUrgent { get; set; }

    public readonly void Fire()
    {
        if (Reader) association!.FireReader();
        if (Writer) association!.FireWriter();
    }

    // By the endpoint's loop: whoever reads goes on there, and comes back once it waits again.
    public readonly void FireHere()
    {
        if (Writer) association!.FireWriter();
        if (Reader) association!.ReadHere();
    }
}
