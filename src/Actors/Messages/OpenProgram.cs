using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Processes</c>: makes a target of a program, for <see cref="Release"/>, or for
/// <see cref="Listen"/> as its acceptor. Each connection that it is offered becomes input, output and error of a child
/// of its own, as <c>inetd(8)</c> does it (nowait), and is no socket of this process any more; a listener is a child's
/// as <c>sd_listen_fds(3)</c> finds it: from descriptor 3 on. Nothing runs before something is offered.
/// <para>
/// A listener or a datagram socket that is lent (<see cref="Release.LoanFor"/>) is inetd's wait. It stays on offer,
/// and so its owner's to revoke or to close, until something comes; of that nothing is taken here. Then a child is
/// started with the socket itself as input, output and error, and the loan begins (<see cref="Released"/>). However
/// the child ends, the socket goes back, with all that waits in it (<see cref="Returned"/>, <see cref="Acquired"/>);
/// at the end of the loan the child is ended first. A socket whose connections or datagrams only programs are to have
/// is made with <see cref="Listen.ForPrograms"/> or <see cref="Bind.ForPrograms"/>.
/// </para>
/// <para>
/// Answered by <see cref="ProgramOpened"/>, or by <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (not Linux, another
/// engine, or a system without <c>posix_spawn</c> that closes descriptors: glibc has it since 2.34), <c>EEBADDATA</c>
/// (what no process can be started with), <c>EEQUOTA</c> (<c>handoff.children.max-children</c>, which bounds such
/// targets, too).
/// </para>
/// <para>
/// An offer is declined, and its owner goes on, with a code in the reason: <c>EESPAWN</c> (the program does not exist
/// or cannot be run), <c>EESECURITY</c> (it may not be), <c>EENOSOCKS</c>, <c>EEQUOTA</c> (as many run as may, or what
/// is lent was started <c>handoff.children.max-starts</c> times within <c>starts-window</c>: not for
/// <c>starts-pause</c>), <c>EEABORTED</c> (wanted back); <c>EEMODENOTSUPP</c> for what a program cannot be given: an
/// attachment, a connection that is only lent, a datagram socket that is not, a side that its owner shut down, and
/// bytes or messages that this process has read or has not yet sent (<see cref="Listen.ReadsWhenAcquired"/>,
/// <see cref="Bind.ForPrograms"/>).
/// </para>
/// </summary>
/// <param name="Program">An absolute path: nothing is searched for.</param>
/// <param name="Arguments">What it is told after its own name.</param>
public sealed record OpenProgram(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>What it is told that it is called (<c>argv[0]</c>); null for its path.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Variables that it has, besides those about its connection, which nobody may contradict: <c>PROTO</c>,
    /// <c>TCPLOCALIP</c>, <c>TCPLOCALPORT</c>, <c>TCPREMOTEIP</c>, <c>TCPREMOTEPORT</c> (<c>ucspi-tcp</c>),
    /// <c>REMOTE_HOST</c>, <c>REMOTE_ADDR</c> and <c>REMOTE_PORT</c> (xinetd, systemd), of a Unix socket those of
    /// <c>ucspi-unix</c>, of a listener <c>LISTEN_PID</c>, <c>LISTEN_FDS</c> and <c>LISTEN_FDNAMES</c>. Nothing is
    /// looked up: a host's name is its address. Of a datagram socket <c>PROTO</c> is <c>UDP</c>, with
    /// <c>UDPLOCALIP</c> and the like.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables of this process that it has, too, where they are set; none by default.</summary>
    public IReadOnlyList<string> Inherited { get; init; } = [];

    /// <summary>Where it runs; null for where this process does.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// How long a child may run, at most <c>handoff.children.max-run-limit</c>; then it is ended. Null: for as long as
    /// it likes.
    /// </summary>
    public TimeSpan? RunLimit { get; init; }

    /// <summary>
    /// Children of this target that may run, and loans that may wait for one, at the same time; null for as many as
    /// may altogether.
    /// </summary>
    public int? MaxChildren { get; init; }

    /// <summary>
    /// Who is told <see cref="ProgramStarted"/>, <see cref="ProgramFailed"/> and <see cref="ProgramEnded"/>; the
    /// target stops when it does. Null tells whoever sent this, and watches nobody.
    /// </summary>
    public IActorRef? Observer { get; init; }

    /// <summary>
    /// What a listener is called in <c>LISTEN_FDNAMES</c>: 1 to 255 visible ASCII characters without a colon.
    /// </summary>
    public string ListenerName { get; init; } = "listener";
}
