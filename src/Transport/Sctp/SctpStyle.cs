namespace Handoff.Transport.Sctp;

/// <summary>What an SCTP socket is. Source: RFC 6458, 3, 4 and 9.2.</summary>
public enum SctpStyle
{
    /// <summary>Many associations, told apart by their ids.</summary>
    OneToMany,

    /// <summary>One association, which was connected or accepted.</summary>
    OneToOne,

    /// <summary>One association, which was peeled off a one-to-many socket.</summary>
    PeeledOff,
}
