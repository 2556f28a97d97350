namespace Akka.Streams.Stage;

public sealed class TotallyIgnorantInput : InHandler
{
    public static readonly TotallyIgnorantInput Instance = new();

    private TotallyIgnorantInput()
    {
    }

    public override void OnPush()
    {
    }

    public override void OnUpstreamFinish()
    {
    }

    public override void OnUpstreamFailure(Exception e)
    {
    }
}
