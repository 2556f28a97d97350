using System.Net;
using Handoff.Transport;

namespace Handoff.TestKit.Simulation;

// What a test has asked for, for the next calls at a place; before what is drawn. Called under the gate.
internal sealed class PlannedFaults
{
    private const int Most = 1024;

    private readonly Dictionary<EndPoint, Queue<ResultCode>> _byPlace = [];

    public void Add(EndPoint place, ResultCode code)
    {
        if (!_byPlace.TryGetValue(place, out var planned)) _byPlace[place] = planned = [];
        if (planned.Count == Most) throw new InvalidOperationException($"{Most} faults are planned at {place}.");
        planned.Enqueue(code);
    }

    // None if nothing is planned.
    public ResultCode Next(EndPoint place) =>
        _byPlace.TryGetValue(place, out var planned) && planned.TryDequeue(out var code) ? code : ResultCode.None;
}
