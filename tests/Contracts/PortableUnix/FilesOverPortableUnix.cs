using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

public sealed class FilesOverPortableUnix(ITestOutputHelper output)
    : UnixContract(new TransportKind.PortableUnix(), output);
