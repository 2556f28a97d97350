using System.Diagnostics;
using System.Net;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Bench.Sctp;

// A socket of usrsctp whose calls wait, for one thread: nothing is checked but what they return.
internal sealed unsafe class BareSocket
{
    private const int Largest = 64 * 1024;

    private readonly nint _socket;
    private readonly byte[] _buffer = new byte[Largest];
    private UsrsctpInfo.Received _info;

    private BareSocket(nint socket) => _socket = socket;

    // Of the last message.
    public int Association => _info.Association;

    // It takes associations. Peers are reached at that UDP port; 0: they call.
    public static (BareSocket Socket, IPEndPoint Place) Open(int peerUdpPort, int systemBuffer)
    {
        var socket = UsrsctpCalls.Socket(
            Native.FamilyIPv4, UsrsctpNumbers.SeqPacket, UsrsctpNumbers.Protocol, null, null, 0, null);
        Demand(socket != 0);
        Set(socket, UsrsctpNumbers.Protocol, UsrsctpNumbers.ReceiveInfo, 1);
        Set(socket, UsrsctpNumbers.OfSocket, UsrsctpNumbers.SendBuffer, systemBuffer);
        Set(socket, UsrsctpNumbers.OfSocket, UsrsctpNumbers.ReceiveBuffer, systemBuffer);
        var encapsulation = new SctpOption(SctpOptionKind.EncapsulationPort, peerUdpPort);
        if (peerUdpPort != 0)
            Demand(UsrsctpOptions.Set(socket, SctpStyle.OneToMany, 0, encapsulation).IsSuccess);
        fixed (byte* any = UsrsctpAddresses.Write([new IPEndPoint(IPAddress.Loopback, 0)]))
            Demand(UsrsctpCalls.Bind(socket, any, 1, UsrsctpNumbers.AddAddress) == 0);
        Demand(UsrsctpCalls.Listen(socket, 1) == 0);
        return (new BareSocket(socket), UsrsctpAddresses.OfLocal(socket, 0)![0]);
    }

    public void Connect(IPEndPoint peer)
    {
        var association = 0;
        fixed (byte* name = UsrsctpAddresses.Write([peer]))
            Demand(UsrsctpCalls.Connect(_socket, name, 1, &association) == 0);
        _info.Association = association;
    }

    public BareSocket PeelOff()
    {
        var branch = UsrsctpCalls.PeelOff(_socket, Association);
        Demand(branch != 0);
        return new BareSocket(branch) { _info = _info };
    }

    // Waits for the next message, which stays until the one after it.
    public ReadOnlySpan<byte> Receive()
    {
        var from = stackalloc byte[UsrsctpAddresses.Largest];
        var (fromLength, infoLength) = ((uint)UsrsctpAddresses.Largest, (uint)sizeof(UsrsctpInfo.Received));
        uint infoType = 0;
        var flags = 0;
        nint count;
        fixed (byte* bytes = _buffer)
        fixed (UsrsctpInfo.Received* info = &_info)
        {
            count = UsrsctpCalls.Receive(
                _socket, bytes, Largest, from, &fromLength, info, &infoLength, &infoType, &flags);
        }

        Demand(count > 0 && (flags & (UsrsctpNumbers.EndOfRecord | UsrsctpNumbers.Notification))
            == UsrsctpNumbers.EndOfRecord);
        return _buffer.AsSpan(0, (int)count);
    }

    // Waits for room.
    public void Send(ReadOnlySpan<byte> message)
    {
        var info = new UsrsctpInfo.Sent { Association = Association, Valid = UsrsctpNumbers.SendInfoValid };
        fixed (byte* bytes = message)
        {
            var count = UsrsctpCalls.Send(
                _socket, bytes, (nuint)message.Length, null, 0,
                &info, (uint)sizeof(UsrsctpInfo.Sent), UsrsctpNumbers.SendAttributes, 0);
            Demand(count == message.Length);
        }
    }

    public long SendFor(int size, TimeSpan window)
    {
        var message = new byte[size];
        var count = 0L;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < window; count++) Send(message);
        new Cue(CueKind.Last, count).Write(message);
        Send(message);
        return count;
    }

    private static void Set(nint socket, int level, int name, int value) =>
        Demand(UsrsctpCalls.SetOption(socket, level, name, (byte*)&value, sizeof(int)) == 0);

    private static void Demand(bool isSo)
    {
        if (!isSo) throw new BenchFailedException($"The bare loop failed; the last errno is {Errors.Last}.");
    }
}
