namespace Handoff.TestKit.Simulation;

internal interface ICall
{
    void Fire();
}
