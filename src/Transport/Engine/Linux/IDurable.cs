namespace Handoff.Transport.Engine.Linux;

// A stream socket that can leave what it receives in the system until it is consumed, so that a crash of this process
// loses none of it. Begin and End between two receives.
internal interface IDurable
{
    // Room for so many bytes that are received and not consumed.
    void BeginDurable(int bytes);

    // So many of the oldest are consumed. Any thread.
    void Discard(long bytes);

    // What was received and not consumed is held by its receiver alone from here on.
    void EndDurable();
}
