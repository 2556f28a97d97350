namespace Akka.Streams;

// What becomes of an element that comes while the buffer is full.
public enum OverflowStrategy
{
    DropHead = 2,
    DropTail = 3,
    DropBuffer = 4,
    DropNew = 5,
    Backpressure = 6,
    Fail = 7,
}
