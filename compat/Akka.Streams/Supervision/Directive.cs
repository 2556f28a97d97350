namespace Akka.Streams.Supervision;

public enum Directive
{
    // The stream fails.
    Stop,

    // The element is dropped, and the stage keeps what it knows.
    Resume,

    // The element is dropped, and the stage forgets what it knows.
    Restart,
}
