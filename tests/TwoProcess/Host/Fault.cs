using System.Runtime.InteropServices;

namespace Handoff.TwoProcess.Tests.Host;

// Where a process dies or stands still: before or after it carries out an effect of its side of the protocol.
internal sealed partial record Fault(string Effect, bool IsAfter, int Signal)
{
    public const int KillSignal = 9;
    public const int StopSignal = 19;
    public const int ContinueSignal = 18;

    // "SendTransfer after kill"
    public static Fault? Parse(string? text) => text?.Split(' ') is [var effect, var when, var what]
        ? new Fault(effect, when == "after", what == "kill" ? KillSignal : StopSignal)
        : null;

    public static void Strike(Fault? fault, object effect, bool isAfter) =>
        Strike(fault, effect.GetType().Name, isAfter);

    public static void Strike(Fault? fault, string effect, bool isAfter)
    {
        if (fault is null || fault.Effect != effect || fault.IsAfter != isAfter) return;

        // To this thread: of a signal to the process another one may take care, while this one goes on for a moment.
        if (Raise(fault.Signal) != 0) throw new InvalidOperationException($"{fault} could not be done.");
    }

    public static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0) throw new InvalidOperationException($"Process {process} is gone.");
    }

    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
