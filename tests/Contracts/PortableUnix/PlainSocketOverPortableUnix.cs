using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

public sealed class PlainSocketOverPortableUnix(ITestOutputHelper output)
    : PlainSocketContract(new TransportKind.PortableUnix(), output);
