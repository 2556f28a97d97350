namespace Akka.Streams;

public interface IKillSwitch
{
    void Shutdown();

    void Abort(Exception cause);
}
