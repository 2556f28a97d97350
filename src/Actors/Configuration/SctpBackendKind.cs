namespace Handoff.Configuration;

/// <summary>Where SCTP comes from.</summary>
public enum SctpBackendKind
{
    /// <summary>The kernel where it has SCTP, else usrsctp where its library is there.</summary>
    Auto,

    /// <summary>The kernel (<c>sctp(7)</c>).</summary>
    Kernel,

    /// <summary>libusrsctp, a stack inside the process, in UDP (RFC 6951).</summary>
    Usrsctp,

    /// <summary>A simulation of Handoff.TestKit, which the application names.</summary>
    Simulated,
}
