namespace Akka.Streams.Stage;

public sealed class IgnoreTerminateOutput : OutHandler
{
    public static readonly IgnoreTerminateOutput Instance = new();

    private IgnoreTerminateOutput()
    {
    }

    public override void OnPull()
    {
    }

    public override void OnDownstreamFinish(Exception cause)
    {
    }
}
