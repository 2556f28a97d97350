using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// One posix_spawn(3). It returns when the program runs, so that what keeps it from running is known by then. Not to be
// called on a loop: the thread stands still meanwhile, and the child has its processors (sched_setaffinity(2)).
internal static unsafe class Spawning
{
    // What a number of the child leads to where nothing is given for it.
    public const int Nowhere = -1;

    private static readonly byte* Attributes = MakeAttributes();

    // Descriptors: what the child has under the numbers from zero on; all others are closed.
    public static Errno Start(
        string path,
        string? directory,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        ReadOnlySpan<int> descriptors,
        out int process)
    {
        using var texts = new TextVector([path, "/dev/null", directory ?? ""]);
        using var given = new TextVector(arguments);
        using var variables = new TextVector([.. environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        Span<int> sources = stackalloc int[descriptors.Length];
        descriptors.CopyTo(sources);
        var actions = stackalloc byte[ProcessCalls.Opaque];
        var started = 0;
        var error = Lift(sources);
        if (error is Errno.None) error = ProcessCalls.BeginActions(actions);
        if (error is Errno.None)
        {
            error = Fill(actions, sources, nowhere: texts[1], directory is null ? null : texts[2]);
            if (error is Errno.None)
                error = ProcessCalls.Spawn(
                    &started, texts[0], actions, Attributes, given.Pointers, variables.Pointers);
            _ = ProcessCalls.EndActions(actions);
        }

        for (var i = 0; i < sources.Length; i++)
        {
            if (sources[i] != descriptors[i]) _ = SystemCalls.Close(sources[i]);
        }

        process = started;
        return error;
    }

    // A descriptor whose number is one of the child's could be closed by the one that takes its place, and where it
    // is its own place it would be closed on exec: so it is copied to a number above them.
    private static Errno Lift(Span<int> sources)
    {
        var error = Errno.None;
        for (var i = 0; i < sources.Length && error is Errno.None; i++)
        {
            if (sources[i] == Nowhere || sources[i] >= sources.Length) continue;
            var copy = SystemCalls.Control(sources[i], ProcessCalls.DuplicateFrom, sources.Length);
            if (copy < 0) error = Errors.Last;
            else sources[i] = copy;
        }

        return error;
    }

    private static Errno Fill(byte* actions, ReadOnlySpan<int> sources, byte* nowhere, byte* directory)
    {
        var error = Errno.None;
        for (var i = 0; i < sources.Length && error is Errno.None; i++)
        {
            error = sources[i] == Nowhere
                ? ProcessCalls.AddOpen(actions, i, nowhere, ProcessCalls.ReadAndWrite, 0)
                : ProcessCalls.AddDuplicate(actions, sources[i], i);
        }

        if (error is Errno.None) error = ProcessCalls.AddCloseFrom(actions, sources.Length);
        if (error is Errno.None && directory is not null) error = ProcessCalls.AddChangeDirectory(actions, directory);
        return error;
    }

    // The same for all: a process group of its own, no signal blocked, none ignored (this runtime ignores SIGPIPE).
    private static byte* MakeAttributes()
    {
        var attributes = (byte*)NativeMemory.AllocZeroed(ProcessCalls.Opaque);
        var none = stackalloc byte[ProcessCalls.SignalSet];
        var all = stackalloc byte[ProcessCalls.SignalSet];
        _ = ProcessCalls.Empty(none);
        _ = ProcessCalls.Fill(all);
        const short Flags =
            ProcessCalls.SetProcessGroup | ProcessCalls.SetDefaultSignals | ProcessCalls.SetSignalMask;
        var error = ProcessCalls.BeginAttributes(attributes);
        if (error is Errno.None) error = ProcessCalls.SetFlags(attributes, Flags);
        if (error is Errno.None) error = ProcessCalls.SetGroup(attributes, 0);
        if (error is Errno.None) error = ProcessCalls.SetMask(attributes, none);
        if (error is Errno.None) error = ProcessCalls.SetDefaults(attributes, all);
        return error is Errno.None
            ? attributes
            : throw new InvalidOperationException($"posix_spawnattr failed with {ErrnoName.Of(error)}.");
    }
}
