namespace Handoff.Architecture.Tests.Api;

internal enum ApiStyle
{
    // As the lists in AkkaApi/ were written: everything that reflection shows, nothing about null.
    AsListed,

    // For ours: without what the compiler adds to records and delegates, with what a caller's compiler sees
    // (records, init, constants, null), and only the interfaces that the type itself names.
    Exact,
}
