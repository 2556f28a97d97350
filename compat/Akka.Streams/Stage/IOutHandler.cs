namespace Akka.Streams.Stage;

public interface IOutHandler
{
    void OnPull();

    void OnDownstreamFinish(Exception cause);
}
