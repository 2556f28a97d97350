using System.IO.Pipelines;
using Handoff.Transport;

namespace Handoff.Streams.Flows;

internal sealed partial class SocketFlowLogic
{
    private void OnPush()
    {
        try
        {
            if (_write.Begin(_output.WriteAsync(Grab(_in)))) OnWritten();
        }
        catch (SocketFailedException failure)
        {
            Fail(failure);
        }
    }

    private void OnWritten()
    {
        try
        {
            GoOnWriting(_write.End());
        }
        catch (SocketFailedException failure)
        {
            Fail(failure);
        }
    }

    private void GoOnWriting(FlushResult result)
    {
        if (IsClosed(_in)) OnUpstreamFinish();
        else if (result.IsCompleted || _detach.Asked is LeaveMode.Now) Cancel(_in);
        else Pull(_in);
        Step();
    }

    // The FIN, after what was accepted. A stream that leaves leaves that to the next owner.
    private void OnUpstreamFinish()
    {
        if (_socket is null || _write.IsPending) return;
        try
        {
            if (_detach.Asked is null) _output.Complete();
        }
        catch (SocketFailedException failure)
        {
            Fail(failure);
        }

        Step();
    }
}
