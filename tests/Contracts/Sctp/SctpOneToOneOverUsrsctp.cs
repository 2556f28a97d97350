using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsUsrsctp]
public sealed class SctpOneToOneOverUsrsctp(ITestOutputHelper output)
    : SctpOneToOneContract(new SctpKind.Usrsctp(), output);
