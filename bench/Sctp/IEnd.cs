namespace Handoff.Bench.Sctp;

// One association with the other process.
internal interface IEnd
{
    // Has the other process send for that time; how many came, all that it sent.
    Task<long> ReceiveAsync(int size, TimeSpan window);

    // Sends for that time; how many came, all that were sent.
    Task<long> SendAsync(int size, TimeSpan window);
}
