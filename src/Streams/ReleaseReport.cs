using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>How the release of one socket ended.</summary>
/// <param name="Release">The command.</param>
/// <param name="Result"><c>EESUCCESS</c>: the target has it; else why not, as for <see cref="Release"/>.</param>
public sealed record ReleaseReport(Release Release, SocketResult Result);
