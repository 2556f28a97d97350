namespace Akka.Streams.Stage;

public sealed class IgnoreTerminateInput : InHandler
{
    public static readonly IgnoreTerminateInput Instance = new();

    private IgnoreTerminateInput()
    {
    }

    public override void OnPush()
    {
    }

    public override void OnUpstreamFinish()
    {
    }
}
