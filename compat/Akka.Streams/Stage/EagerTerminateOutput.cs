namespace Akka.Streams.Stage;

public sealed class EagerTerminateOutput : OutHandler
{
    public static readonly EagerTerminateOutput Instance = new();

    private EagerTerminateOutput()
    {
    }

    public override void OnPull()
    {
    }
}
