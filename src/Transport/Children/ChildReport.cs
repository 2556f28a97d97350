namespace Handoff.Transport.Children;

internal sealed record ChildReport(ChildEnd End, ChildStop Stop, TimeSpan Ran);
