namespace Akka.Streams.Stage;

public interface IInHandler
{
    void OnPush();

    void OnUpstreamFinish();

    void OnUpstreamFailure(Exception e);
}
