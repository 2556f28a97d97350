using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsUsrsctp]
public sealed class SctpSocketOverUsrsctp(ITestOutputHelper output)
    : SctpSocketContract(new SctpKind.Usrsctp(), output);
