namespace Akka.Streams.Stage;

public sealed class EagerTerminateInput : InHandler
{
    public static readonly EagerTerminateInput Instance = new();

    private EagerTerminateInput()
    {
    }

    public override void OnPush()
    {
    }
}
